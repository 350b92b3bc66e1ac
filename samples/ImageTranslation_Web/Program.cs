using ImageTranslation_Web;

var app = WebApplicationFactory.Create(args);
await app.RunAsync();
