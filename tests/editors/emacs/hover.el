;;; hover.el --- What ElDoc shows  -*- lexical-binding: t; -*-
;;; Code:

(defun run ()
  "What ElDoc says of the segment behind INCLUDE."
  (go-behind "INCLUDE v")
  (let (said)
    (eglot-hover-eldoc-function (lambda (text &rest _) (setq said text)))
    (substring-no-properties (wait-for "the hover" (lambda () said)))))

;;; hover.el ends here
