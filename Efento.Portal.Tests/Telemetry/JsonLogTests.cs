using System.Text.Json;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Telemetry;

/// <summary>The log for programs.</summary>
[Trait(Category.Name, Category.Fault)]
public sealed class JsonLogTests
{
    [Fact]
    public async Task Log_Json_IsAnObjectInEachLine()
    {
        using var directory = new TemporaryDirectory();
        await using var portal = await PortalProcess.StartAsync(
            directory.Path, ["--Portal:Telemetry:Log", "Json", "--Portal:NoSuchSetting", "1"],
            new Dictionary<string, string> { ["TZ"] = "Europe/Warsaw" });

        var lines = portal.Output.Split('\n').Select(line => JsonElement.Parse(line)).ToList();

        var warning = Assert.Single(lines, line => Text(line, "Category") == "Efento.Portal.Configuration.SettingsWatch");
        Assert.Equal("Warning", Text(warning, "LogLevel"));
        Assert.Equal("Portal:NoSuchSetting", Text(warning.GetProperty("State"), "Key"));
        Assert.All(lines, line => Assert.EndsWith("Z", Text(line, "Timestamp")));
        Assert.EndsWith("times in this log are those of UTC", Text(lines[0], "Message"));
    }

    private static string Text(JsonElement line, string name) => line.GetProperty(name).GetString()!;
}
