using System.Globalization;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Packaging;

/// <summary>What the image of the container adds to the Debian package. Needs bash.</summary>
[Trait(Category.Name, Category.Fault)]
public sealed class ContainerTests : IDisposable
{
    private const string Folder = "Efento.Portal/Packaging/Docker";
    private static readonly string Health = RepositoryFiles.PathOf($"{Folder}/health");

    private readonly TemporaryDirectory _data = new();

    [Fact]
    public async Task Health_OfARunningPortal_IsGood_AndOfAnEndedOneIsNot()
    {
        await using var portal = await PortalProcess.StartAsync(_data.Path);
        var port = portal.Address.Port.ToString(CultureInfo.InvariantCulture);

        await ShellRun.OfAsync(Until.Patience, Health, port);

        await portal.KillAsync();
        await ShellRun.OfAsync(Until.Patience, "sh", "-c", "! \"$@\"", "sh", Health, port);
    }

    [Fact]
    public void Image_RunsAsTheServicesUser_AndAsksForHealth()
    {
        var lines = File.ReadAllLines(RepositoryFiles.PathOf($"{Folder}/Dockerfile"));

        Assert.Equal("USER efento-portal", lines.Last(line => line.StartsWith("USER ", StringComparison.Ordinal)));
        Assert.Contains(lines, line => line.StartsWith("HEALTHCHECK ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("    read_only: true")]
    [InlineData("      - ALL")]
    [InlineData("      - no-new-privileges:true")]
    [InlineData("      - data:/var/lib/efento-portal")]
    public void Compose_GivesNoMoreThanThePortalNeeds(string line) =>
        Assert.Contains(line, File.ReadAllLines(RepositoryFiles.PathOf($"{Folder}/compose.yaml")));

    public void Dispose() => _data.Dispose();
}
