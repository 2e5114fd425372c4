using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Packaging;

/// <summary>
/// The Debian package is installed, upgraded, removed and purged by dpkg where systemd does not run. Needs Debian or Ubuntu, root and the
/// right to mount.
/// </summary>
[Trait(Category.Name, Category.Fault)]
[SupportedOSPlatform("linux")]
public sealed partial class DebianPackageTests(BuiltPackages packages) : IClassFixture<BuiltPackages>, IAsyncLifetime
{
    private const string Unit = "/usr/lib/systemd/system/efento-portal.service";
    private const string Enabled = "/etc/systemd/system/multi-user.target.wants/efento-portal.service";
    private const string Settings = "/etc/efento-portal/appsettings.json";
    private const string Data = "/var/lib/efento-portal";
    private const string Database = $"{Data}/portal.db";
    private const string Program = "/usr/lib/efento-portal/Efento.Portal";
    private const string Debconf = "/usr/share/debconf/confmodule";
    private const UnixFileMode OwnerAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private LayeredSystem _system = null!;

    public async ValueTask InitializeAsync() => _system = await LayeredSystem.MountAsync();

    public ValueTask DisposeAsync() => _system.DisposeAsync();

    [Fact]
    public async Task Service_AsItsUnitStartsIt_AnswersAsItsUser()
    {
        var said = await _system.InstallAsync(packages.Present);
        await ListenOnThisMachineAloneAsync();

        await using var portal = await StartByUnitAsync();

        using var client = new HttpClient { BaseAddress = portal.Address };
        Assert.Contains("\"Healthy\"", await client.GetStringAsync("/health/live"), StringComparison.Ordinal);
        Assert.Contains("\"Healthy\"", await client.GetStringAsync("/health/ready"), StringComparison.Ordinal);
        Assert.Contains($"data is in {Data}", portal.Output, StringComparison.Ordinal);
        Assert.Contains("systemd does not run here", said, StringComparison.Ordinal);
        var user = (await _system.RunAsync("id", "-u", "efento-portal")).Trim();
        Assert.NotEqual("0", user);
        Assert.Equal(user, Uid().Match(await File.ReadAllTextAsync($"/proc/{portal.Id}/status")).Groups[1].Value);
        Assert.Equal(OwnerAlone, File.GetUnixFileMode(_system.PathOf(Data)));
        Assert.Equal("640 root:efento-portal", (await _system.RunAsync("stat", "-c", "%a %U:%G", Settings)).Trim());
        Assert.Equal("root:root", (await _system.RunAsync("stat", "-c", "%U:%G", Program)).Trim());
    }

    [Fact]
    public async Task Command_OfTheAdministrator_ReachesTheRunningServiceAsItsUser()
    {
        await _system.InstallAsync(packages.Present);
        await ListenOnThisMachineAloneAsync();
        await using var portal = await StartByUnitAsync();

        var said = await _system.RunAsync("efento-portal", "tokens", "add", "--name", "Ward 3");

        Assert.DoesNotContain("No portal runs", said, StringComparison.Ordinal);
        Assert.Contains("Ward 3", await _system.RunAsync("efento-portal", "tokens", "list"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_OfTheAdministrator_WritesAsTheServicesUser()
    {
        await InstallWithDataAsync();

        var owners = await _system.RunAsync("find", Data, "-printf", "%u\n");

        Assert.Equal(["efento-portal"], owners.Split('\n', StringSplitOptions.RemoveEmptyEntries).Distinct());
    }

    [Fact]
    public async Task Upgrade_KeepsDataAndSettings()
    {
        await _system.InstallAsync(packages.Present);
        await ListenOnThisMachineAloneAsync();
        await _system.RunAsync("efento-portal", "tokens", "add", "--name", "Ward 3");
        var settings = await File.ReadAllTextAsync(_system.PathOf(Settings));
        await _system.RunAsync("chmod", "600", Settings);
        await _system.RunAsync("chown", "efento-portal:", Settings);
        File.Delete(_system.PathOf(Enabled));

        await _system.InstallAsync(packages.Later);

        Assert.Equal($"installed {BuiltPackages.LaterVersion}", await _system.RunAsync("dpkg-query", "-W", "-f", "${db:Status-Status} ${Version}", "efento-portal"));
        Assert.Equal(settings, await File.ReadAllTextAsync(_system.PathOf(Settings)));
        Assert.Equal("600 efento-portal", (await _system.RunAsync("stat", "-c", "%a %U", Settings)).Trim());
        Assert.False(IsEnabled(), "A service that the administrator disabled was enabled again.");
        Assert.Contains("Ward 3", await _system.RunAsync("efento-portal", "tokens", "list"), StringComparison.Ordinal);
        await using var portal = await StartByUnitAsync();
    }

    [Fact]
    public async Task Removal_TakesTheProgram_AndKeepsDataAndSettingsForTheNextInstallation()
    {
        await _system.InstallAsync(packages.Present);
        Assert.True(IsEnabled());
        await _system.RunAsync("efento-portal", "tokens", "add", "--name", "Ward 3");

        await _system.RunAsync("dpkg", "--remove", "efento-portal");

        Assert.False(Directory.Exists(_system.PathOf("/usr/lib/efento-portal")));
        Assert.True(File.Exists(_system.PathOf(Settings)));
        Assert.True(File.Exists(_system.PathOf(Database)));
        await _system.InstallAsync(packages.Later);
        Assert.True(IsEnabled());
        Assert.Contains("Ward 3", await _system.RunAsync("efento-portal", "tokens", "list"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Purge_NobodyAnswersOrCanBeAsked_KeepsDataAndSaysWhere(bool isDebconfThere)
    {
        if (!isDebconfThere)
        {
            File.Delete(_system.PathOf(Debconf));
        }

        await InstallWithDataAsync();

        var said = await _system.RunAsync("dpkg", "--purge", "efento-portal");

        Assert.Contains($"data is kept in {Data}", said, StringComparison.Ordinal);
        Assert.True(File.Exists(_system.PathOf(Database)));
        Assert.True(await HasUserAsync());
        Assert.False(Directory.Exists(_system.PathOf("/etc/efento-portal")));
        Assert.False(IsEnabled());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Purge_AdministratorSaysYes_DeletesDataAndUser(bool isRemovedBefore)
    {
        await InstallWithDataAsync();
        if (isRemovedBefore)
        {
            await _system.RunAsync("dpkg", "--remove", "efento-portal");
        }

        await _system.RunAsync("sh", "-c", "echo efento-portal efento-portal/purge-data boolean true | debconf-set-selections");
        await _system.RunAsync("dpkg", "--purge", "efento-portal");

        Assert.False(Directory.Exists(_system.PathOf(Data)));
        Assert.False(await HasUserAsync());
        Assert.Equal(
            "", await _system.RunAsync("sh", "-c", $"find / -xdev -name 'efento-portal*' -path '/[elu]*' -newer {LayeredSystem.Package}"));
    }

    [Fact]
    public async Task Unit_OfTheService_MayWriteToItsDataAloneAndHasRoomForConnections()
    {
        await _system.InstallAsync(packages.Present);

        Assert.Equal(
            ("efento-portal", "65536", "strict", Data, "yes", "yes", ""),
            (
                OfUnit("User"), OfUnit("LimitNOFILE"), OfUnit("ProtectSystem"), OfUnit("ReadWritePaths"), OfUnit("NoNewPrivileges"),
                OfUnit("PrivateTmp"), OfUnit("CapabilityBoundingSet")));
    }

    private async Task InstallWithDataAsync()
    {
        await _system.InstallAsync(packages.Present);
        await _system.RunAsync("efento-portal", "tokens", "add", "--name", "Ward 3");
        Assert.True(File.Exists(_system.PathOf(Database)));
    }

    /// <summary>Shows as well that the settings file counts: the usual one makes the portal listen to the network.</summary>
    private async Task ListenOnThisMachineAloneAsync()
    {
        var file = _system.PathOf(Settings);
        var settings = await File.ReadAllTextAsync(file);
        Assert.Contains("http://0.0.0.0:5080", settings, StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, settings.Replace("http://0.0.0.0:5080", "http://127.0.0.1:0", StringComparison.Ordinal));
    }

    private Task<PortalProcess> StartByUnitAsync() =>
        PortalProcess.StartInstalledAsync(
            _system.Within(
                "setpriv", "--reuid", OfUnit("User"), "--regid", OfUnit("Group"), "--init-groups", "--bounding-set", "-all",
                "--no-new-privs", "sh", "-c", $"cd {OfUnit("WorkingDirectory")} && exec {OfUnit("ExecStart")}"));

    private string OfUnit(string setting) =>
        File.ReadLines(_system.PathOf(Unit)).Single(line => line.StartsWith($"{setting}=", StringComparison.Ordinal))[(setting.Length + 1)..];

    private bool IsEnabled() =>
        new FileInfo(_system.PathOf(Enabled)).LinkTarget is not null;

    private async Task<bool> HasUserAsync() =>
        (await _system.RunAsync("cat", "/etc/passwd")).Contains("\nefento-portal:", StringComparison.Ordinal);

    [GeneratedRegex(@"^Uid:\s+(\d+)", RegexOptions.Multiline)]
    private static partial Regex Uid();
}
