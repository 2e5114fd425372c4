using System.Diagnostics;
using System.Runtime.Versioning;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Integration;

/// <summary>Another user of the machine at the control socket, though the rights on the files let everybody in. Needs root.</summary>
[Collection(FaultCollection.Name)]
[SupportedOSPlatform("linux")]
public sealed class ForeignUserTests : IDisposable
{
    private const string Nobody = "65534";
    private const UnixFileMode Everybody = (UnixFileMode)0b111_111_111;

    private readonly TemporaryDirectory _data = new();

    [Fact]
    public async Task Command_OfAnotherUser_IsRefusedAndLogged()
    {
        await using var portal = await PortalProcess.StartAsync(_data.Path);
        File.SetUnixFileMode(_data.Path, Everybody);
        File.SetUnixFileMode(Path.Combine(_data.Path, "portal.sock"), Everybody);

        var run = await AsNobodyAsync("tokens", "add", "--name", "thief", "--data-directory", _data.Path);

        Assert.NotEqual(0, run.ExitCode);
        Assert.DoesNotContain("thief", string.Join('\n', new PortalDatabase(_data.Path).Lines("SELECT name FROM gateway_token")), StringComparison.Ordinal);
        await Until.TrueAsync(() => portal.Output.Contains($"user with the id {Nobody} was refused", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Socket_OfAnotherUser_GetsNoCommand()
    {
        File.SetUnixFileMode(_data.Path, Everybody);
        using var thief = Start(["perl", "-e", Thief, Path.Combine(_data.Path, "portal.sock")]);
        try
        {
            Assert.Equal("listening", await thief.StandardOutput.ReadLineAsync());

            var run = await ProgramRun.TypingAsync("lamp river cheese anvil", _data.Path, "users", "add", "ann@portal.test", "--role", "administrator", "--password-stdin", "--data-directory", _data.Path);

            Assert.NotEqual(0, run.ExitCode);
            Assert.Contains($"user with the id {Nobody}", run.Errors, StringComparison.Ordinal);
            Assert.Equal("heard nothing", await thief.StandardOutput.ReadLineAsync());
        }
        finally
        {
            thief.Kill();
        }
    }

    public void Dispose() => _data.Dispose();

    /// <summary>Greets as the portal does and says what it was sent.</summary>
    private const string Thief =
        """
        use IO::Socket::UNIX; $| = 1;
        my $socket = IO::Socket::UNIX->new(Local => $ARGV[0], Listen => 1) or die $!;
        chmod 0777, $ARGV[0]; print "listening\n";
        my $command = $socket->accept; print $command "{\"program\":\"Efento Portal\"}\n"; $command->flush;
        my $said = <$command>; print defined $said ? "heard $said" : "heard nothing\n";
        """;

    private static async Task<ProgramRun> AsNobodyAsync(params string[] arguments)
    {
        using var process = Start(["dotnet", PortalProcess.Program, .. arguments]);
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        return new ProgramRun(process.ExitCode, await process.StandardOutput.ReadToEndAsync(), await process.StandardError.ReadToEndAsync());
    }

    private static Process Start(string[] command)
    {
        var start = new ProcessStartInfo("setpriv", ["--reuid", Nobody, "--regid", Nobody, "--clear-groups", .. command])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        start.Environment["HOME"] = "/tmp";
        return Process.Start(start)!;
    }
}
