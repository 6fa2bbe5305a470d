"""The file has more mistakes than anybody would read, and those behind them are left out.

The limit is 100, and one more for every 100 characters of the file. Such a file is most likely no
file of segments: a table, a web page or a log that got the ending `.segql`. Move it out of the
folder, or leave it out with `exclude` in `segql.toml`. If it is one, mend the first mistakes; often
the others follow from them.

Bad::

    0;1;2;3;4;5;6;7;8;9;
    10;11;12;13;14;15;16;17;18;19;
    20;21;22;23;24;25;26;27;28;29;
    30;31;32;33;34;35;36;37;38;39;
    40;41;42;43;44;45;46;47;48;49;
    50;51;52;53;54;55;56;57;58;59;
    60;61;62;63;64;65;66;67;68;69;
    70;71;72;73;74;75;76;77;78;79;
    80;81;82;83;84;85;86;87;88;89;
    90;91;92;93;94;95;96;97;98;99;
    100;101;102;103;104;105;106;107;108;109;

    $1;$4;$7;$1;$4;$7;$1;$4;$7;$1;
    $8;$2;$5;$8;$2;$5;$8;$2;$5;$8;
    $6;$9;$3;$6;$9;$3;$6;$9;$3;$6;
    $4;$7;$1;$4;$7;$1;$4;$7;$1;$4;
    $2;$5;$8;$2;$5;$8;$2;$5;$8;$2;
    $9;$3;$6;$9;$3;$6;$9;$3;$6;$9;
    $7;$1;$4;$7;$1;$4;$7;$1;$4;$7;
    $5;$8;$2;$5;$8;$2;$5;$8;$2;$5;
    $3;$6;$9;$3;$6;$9;$3;$6;$9;$3;
    $1;$4;$7;$1;$4;$7;$1;$4;$7;$1;
    $8;$2;$5;$8;$2;$5;$8;$2;$5;$8;

Good::

    FILTER visitct > 5 ALIAS regulars

    FILTER country IN ("US", "CA") ALIAS north_america
"""
