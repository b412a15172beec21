//%attributes = {"invisible":true}

// Declares what a session keeps between two requests.
// Legacy sessions: 4D runs it once, when the session is opened. Scalable sessions and no sessions: at every request.

C_TEXT:C284(vSessionID; vCustomerName)
C_LONGINT:C283(vCustomerID; vRequestCount)
C_BOOLEAN:C305(vAdministrator)

// What the shop sells
ARRAY LONGINT:C221(aShopID; 0)
ARRAY TEXT:C222(aShopName; 0)
ARRAY REAL:C219(aShopPrice; 0)

// What is in the basket
ARRAY LONGINT:C221(aBasketID; 0)
ARRAY LONGINT:C221(aBasketQuantity; 0)
