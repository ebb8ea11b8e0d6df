@echo off
rem Double-click this file to start SoftCAM Viewer; the first start sets it up in this window.
setlocal
set "launch=%~dp0..\launch.py"
set "python=py -3"
where py >nul 2>nul || set "python=python"
%python% -c "import sys; sys.exit(sys.version_info < (3, 11))" >nul 2>nul
if errorlevel 1 (
  echo SoftCAM Viewer needs Python 3.11 or newer: install it from https://www.python.org/downloads/ and start again.
  pause
  exit /b 1
)
%python% "%launch%" setup
if errorlevel 1 (
  pause
  exit /b 1
)
set "windowed=pyw -3"
where pyw >nul 2>nul || set "windowed=pythonw"
start "" %windowed% "%launch%" --window %*
