//%attributes = {"publishedWeb":true}
#DECLARE($minutes : Text)

Session.idleTimeout:=Num($minutes)
WEB SEND TEXT(String(Session.idleTimeout))
