// Starts Swagger UI on the document that the page names. Nothing is fetched from elsewhere.
"use strict";

const place = document.getElementById("api-docs");
SwaggerUIBundle({
  domNode: place,
  url: place.dataset.document,
  deepLinking: true,
  validatorUrl: null,
  persistAuthorization: false,
});
