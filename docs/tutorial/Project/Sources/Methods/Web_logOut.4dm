//%attributes = {"publishedWeb":true}

// GET /4DACTION/Web_logOut
// Closing runs On Web Legacy Close Session in this session, which saves the basket.
// The method goes on afterwards, so the browser still gets its answer: the redirect, and a cookie that has expired.

WEB LEGACY CLOSE SESSION:C1208(WEB Get current session ID:C1162)
WEB SEND HTTP REDIRECT:C659("/goodbye.html")
