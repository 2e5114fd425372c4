using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Efento.Portal.Transport;

namespace Efento.Portal.CommandLine;

/// <summary>The command <c>tls</c>.</summary>
internal static class TlsCommand
{
    /// <summary>Makes the command with its subcommand.</summary>
    public static Command Create() => new(
        "tls",
        """
        Makes certificates for HTTPS in a network that no public CA knows.

        Exit codes: 0 done; 1 it could not be done; 2 wrong arguments.
        """)
    {
        SelfSigned(),
    };

    private static Command SelfSigned()
    {
        var names = new Option<string[]>("--name") { Description = "A host name of the portal, such as portal.lan. Can be given several times.", HelpName = "name" };
        names.Validators.Add(
            result => Refuse(
                result, text =>
                    Uri.CheckHostName(text) is UriHostNameType.Dns && text.All(char.IsAscii), "a host name such as portal.lan"));
        var addresses = new Option<string[]>("--ip") { Description = "An IP address of the portal. Can be given several times. Gateways that connect to an IP address need it.", HelpName = "address" };
        addresses.Validators.Add(result => Refuse(result, text => IPAddress.TryParse(text, out _), "an IP address"));
        var directory = new Option<string>("--out") { Description = "The directory to write to. If it has a CA from before, that CA is used again, so that gateways need no change.", HelpName = "directory", Required = true };
        var days = new Option<int>("--days")
        {
            Description = $"The number of days for which the server's certificate is valid, at most {LanCertificates.MostDays}.",
            HelpName = "number",
            DefaultValueFactory = _ => LanCertificates.MostDays,
        };
        days.Validators.Add(result =>
        {
            if (
                result.Tokens is [var token]
                    && !(
                        int.TryParse(token.Value, CultureInfo.InvariantCulture, out var number)
                            && number is >= 1 and <= LanCertificates.MostDays))
            {
                result.AddError($"--days must be a number from 1 to {LanCertificates.MostDays}.");
            }
        });
        var command = new Command("self-signed", "Creates a server certificate (RSA-2048, SHA-256) and, if there is none yet, the CA that signs it, and prints which file goes where.") { names, addresses, directory, days };
        command.Validators.Add(result =>
        {
            if (result.GetResult(names) is null && result.GetResult(addresses) is null)
            {
                result.AddError("Give at least one --name or --ip.");
            }
        });
        command.SetAction((parsed, _) => Outcome.OfAsync(parsed.InvocationConfiguration, () => Task.FromResult(Make(
            parsed.InvocationConfiguration,
            new CertificateDirectory(Path.GetFullPath(parsed.GetRequiredValue(directory))),
            parsed.GetValue(names) ?? [],
            [.. (parsed.GetValue(addresses) ?? []).Select(IPAddress.Parse)],
            parsed.GetValue(days)))));
        return command;
    }

    private static void Refuse(OptionResult result, Predicate<string> isRight, string mustBe)
    {
        foreach (var token in result.Tokens.Where(token => !isRight(token.Value)))
        {
            result.AddError($"{result.Option.Name} must be {mustBe}, not \"{token.Value}\".");
        }
    }

    private static int Make(
        InvocationConfiguration console, CertificateDirectory directory, string[] names, IPAddress[] addresses, int days)
    {
        var now = TimeProvider.System.GetUtcNow();
        try
        {
            var known = directory.ReadCa();
            using var ca = known ?? LanCertificates.MakeCa(names.FirstOrDefault() ?? addresses[0].ToString(), now);
            using var server = LanCertificates.MakeServer(ca, names, addresses, days, now);
            if (known is null)
            {
                directory.WriteCa(ca);
            }

            directory.WriteServer(server);
            Array.ForEach(Words(directory, server.NotAfter, known is not null), console.Output.WriteLine);
            return ExitCodes.Success;
        }
        catch (CryptographicException fault)
        {
            console.Error.WriteLine($"This could not be done: {fault.Message}");
            return ExitCodes.Failure;
        }
    }

    private static string[] Words(CertificateDirectory directory, DateTime end, bool isCaKnown) =>
    [
        string.Create(CultureInfo.InvariantCulture, $"The server's certificate is valid until {end.ToUniversalTime():yyyy-MM-dd} UTC."),
        "",
        isCaKnown
            ? "The CA is the one that was there: gateways and computers that trust it need nothing new."
            : "Upload the CA to each gateway (server settings, TLS, CA certificate), one of these two, and install it on people's computers:",
        $"  {directory.CaPem}",
        $"  {directory.CaDer}",
        "",
        "Tell the portal where its certificate is (Portal:Tls), in appsettings.json or in the environment; it then listens at https://0.0.0.0:5443:",
        $"  Portal__Tls__CertificatePath={directory.Server}",
        $"  Portal__Tls__KeyPath={directory.ServerKey}",
        "",
        "Whoever has the CA's key can pretend to be your portal. Keep it away from the server; put it back here to make the next certificate:",
        $"  {directory.CaKey}",
    ];
}
