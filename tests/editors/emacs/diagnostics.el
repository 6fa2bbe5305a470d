;;; diagnostics.el --- What Flymake shows  -*- lexical-binding: t; -*-
;;; Code:

(defun run ()
  "The first diagnostic: its text and where it begins and ends."
  (let ((found (wait-for "a diagnostic" (lambda () (car (flymake-diagnostics))))))
    `((mode . ,major-mode)
      (text . ,(flymake-diagnostic-text found))
      (place . [,(flymake-diagnostic-beg found) ,(flymake-diagnostic-end found)]))))

;;; diagnostics.el ends here
