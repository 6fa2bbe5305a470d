;;; segql-mode.el --- Major mode for SegmentQL -*- lexical-binding: t; -*-

;; SPDX-License-Identifier: Apache-2.0
;; Version: 0.1.0
;; Package-Requires: ((emacs "28.1"))
;; Keywords: languages

;;; Commentary:

;; Colours, comments and indentation for SegmentQL, the language of audience segments.
;; `eglot-ensure' in `segql-mode-hook' starts the language server, `segql lsp'.

;;; Code:

(require 'rx)

(defgroup segql nil
  "Editing SegmentQL."
  :group 'languages
  :prefix "segql-")

(defcustom segql-server-command '("segql" "lsp")
  "The command that runs the language server."
  :type '(repeat string))

(defcustom segql-indent-offset 4
  "How many columns a list is indented."
  :type 'natnum
  :safe #'natnump)

(defconst segql-keywords '("filter" "from" "limit" "with" "alias" "include")
  "The words that begin a statement, a clause or a reference.")

(defconst segql-operators
  '("and" "or" "not" "in" "like" "contains" "intersects" "between" "exists" "is")
  "The words between values and around conditions.")

(defconst segql-constants '("true" "false" "null")
  "The words that are values.")

(defconst segql-font-lock-keywords
  `((,(regexp-opt segql-keywords 'symbols) . font-lock-keyword-face)
    (,(regexp-opt segql-operators 'symbols) . font-lock-builtin-face)
    (,(regexp-opt segql-constants 'symbols) . font-lock-constant-face)
    ("\\_<\\([[:alpha:]_][[:alnum:]_.]*\\)(" 1 font-lock-function-name-face))
  "What is coloured in which way.")

(defvar segql-mode-syntax-table
  (let ((table (make-syntax-table)))
    (modify-syntax-entry ?_ "_" table)
    (modify-syntax-entry ?. "_" table)
    (modify-syntax-entry ?@ "_" table)
    ;; As in C: /* */ is a comment of style a, // one of style b. A name may hold - and /.
    (modify-syntax-entry ?/ "_ 124b" table)
    (modify-syntax-entry ?* ". 23" table)
    (modify-syntax-entry ?- "_" table)
    (modify-syntax-entry ?# "< b" table)
    (modify-syntax-entry ?\n "> b" table)
    (modify-syntax-entry ?\" "\"" table)
    (modify-syntax-entry ?` "\"" table)
    (modify-syntax-entry ?\' "." table)
    table)
  "How the characters of SegmentQL behave.")

(defconst segql-syntax-propertize
  (syntax-propertize-rules ("\\(-\\)-" (1 "< b")))
  "Two dashes begin a comment; by the syntax table alone, -/ would begin one too.")

(defun segql-syntactic-face (state)
  "The face of a string, a quoted name or a comment, by the parser's STATE."
  (cond ((eq (nth 3 state) ?`) 'font-lock-variable-name-face)
        ((nth 3 state) 'font-lock-string-face)
        (t 'font-lock-comment-face)))

(defun segql-indent-line ()
  "Indent by the brackets that are open where the line begins."
  (interactive)
  (let* ((depth (save-excursion
                  (back-to-indentation)
                  (- (car (syntax-ppss)) (if (looking-at-p "[])}]") 1 0))))
         (column (* segql-indent-offset (max 0 depth))))
    (save-excursion (indent-line-to column))
    (when (< (current-column) column)
      (move-to-column column))))

;;;###autoload
(define-derived-mode segql-mode prog-mode "SegmentQL"
  "Major mode for the audience segments of SegmentQL."
  (setq-local comment-start "-- ")
  (setq-local comment-end "")
  (setq-local comment-start-skip (rx (or (+ "#") "--" "//" (seq "/" (+ "*"))) (* blank)))
  (setq-local indent-tabs-mode nil)
  (setq-local indent-line-function #'segql-indent-line)
  (setq-local syntax-propertize-function segql-syntax-propertize)
  (setq-local font-lock-defaults
              '(segql-font-lock-keywords
                nil t nil
                (font-lock-syntactic-face-function . segql-syntactic-face))))

;;;###autoload
(add-to-list 'auto-mode-alist '("\\.segql\\'" . segql-mode))

(defvar eglot-server-programs)
(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs `(segql-mode . ,segql-server-command)))

(provide 'segql-mode)
;;; segql-mode.el ends here
