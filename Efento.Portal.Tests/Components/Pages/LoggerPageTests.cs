using Bunit;
using Efento.Portal.Components.Pages.Loggers;
using Efento.Portal.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Efento.Portal.Tests.Components.Pages;

public sealed class LoggerPageTests : PortalPageContext
{
    private readonly string _serial = Some.Serial();

    [Fact]
    public async Task Logger_AtAPoint_LeadsThereWithTheRange()
    {
        await MeasureAsync(Some.Record(_serial, Now));
        var navigation = Services.GetRequiredService<NavigationManager>();
        navigation.NavigateTo($"loggers/{_serial}?range=7d");

        Show();

        Assert.EndsWith("/points/1?range=7d", navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void Logger_NeverHeard_IsSaid() => Assert.Equal($"Logger {_serial} has never been heard", Show().Find("h2").TextContent);

    [Fact]
    public async Task Logger_HeardWhileAwaited_LeadsToItsPoint()
    {
        Show();

        await MeasureAsync(Some.Record(_serial, Now));

        await Until.TrueAsync(() => Services.GetRequiredService<NavigationManager>().Uri.EndsWith("/points/1", StringComparison.Ordinal));
    }

    private IRenderedComponent<LoggerPage> Show() => Render<LoggerPage>(p => p.Add(l => l.Serial, _serial));
}
