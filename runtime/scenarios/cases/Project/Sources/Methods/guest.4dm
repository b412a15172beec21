//%attributes = {"publishedWeb":true}
WEB SEND TEXT(Choose(Session.isGuest();"guest";"known"))
