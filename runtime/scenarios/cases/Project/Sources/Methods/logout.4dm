//%attributes = {"publishedWeb":true}
// Closes its own session, then goes on

WEB LEGACY CLOSE SESSION(WEB Get current session ID)
WEB SEND HTTP REDIRECT("/bye/"+vNote)
