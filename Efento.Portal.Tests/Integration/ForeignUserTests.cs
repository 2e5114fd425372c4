using System.Diagnostics;
using System.Runtime.Versioning;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Integration;

/// <summary>Another user of the machine at the control socket, though the rights on the files let everybody in. Needs root.</summary>
[Trait(Category.Name, Category.Fault)]
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

        Assert.StartsWith("heard {", await SayAsync(asNobody: false), StringComparison.Ordinal);
        await Until.TrueAsync(() => Tokens().Contains("root", StringComparison.Ordinal));
        Assert.Equal("heard nothing", await SayAsync(asNobody: true));

        await Until.TrueAsync(() => portal.Output.Contains($"user with the id {Nobody} was refused", StringComparison.Ordinal));
        Assert.DoesNotContain("thief", Tokens(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Socket_OfAnotherUser_GetsNoCommand()
    {
        File.SetUnixFileMode(_data.Path, Everybody);
        using var thief = Start(["perl", "-e", Thief, Path.Combine(_data.Path, "portal.sock")]);
        try
        {
            Assert.Equal("listening", await thief.StandardOutput.ReadLineAsync());

            var run = await ProgramRun.TypingAsync(
                "lamp river cheese anvil", _data.Path, "users", "add", "ann@portal.test", "--role", "administrator", "--password-stdin",
                "--data-directory", _data.Path);

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

    /// <summary>Asks for a token as a command does, and says what it heard.</summary>
    private const string Command =
        """
        use IO::Socket::UNIX; $| = 1; $SIG{PIPE} = 'IGNORE';
        my $portal = IO::Socket::UNIX->new(Peer => $ARGV[0]) or die $!;
        print $portal "{\"command\":\"tokens add\",\"name\":\"$ARGV[1]\",\"token\":\"token-of-$ARGV[1]\",\"isForApi\":false}\n"; $portal->flush;
        my $said = <$portal>; print defined $said ? "heard $said" : "heard nothing\n"; $said = <$portal> if defined $said;
        """;

    private string Tokens() => string.Join('\n', new PortalDatabase(_data.Path).Lines("SELECT name FROM gateway_token"));

    private async Task<string?> SayAsync(bool asNobody)
    {
        string[] command = ["perl", "-e", Command, Path.Combine(_data.Path, "portal.sock"), asNobody ? "thief" : "root"];
        using var process = asNobody
            ? Start(command)
            : Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true })!;
        var heard = await process.StandardOutput.ReadLineAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        return heard;
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
