using Efento.Portal.Components;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddSingleton(TimeProvider.System);
builder.AddPages();
var app = builder.Build();
app.MapPages();
app.Run();
public partial class Program;
