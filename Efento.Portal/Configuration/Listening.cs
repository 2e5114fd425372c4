using System.Net;
using System.Net.Sockets;

namespace Efento.Portal.Configuration;

/// <summary>
/// Starts listening. If the machine does not have an address, the error names it; the server itself names only addresses in use.
/// </summary>
internal static class Listening
{
    /// <summary>Starts the portal.</summary>
    /// <exception cref="IOException">The portal can't listen on an address; the message names it.</exception>
    public static async Task ListenAsync(this WebApplication app)
    {
        try
        {
            await app.StartAsync();
        }
        catch (SocketException fault) when (fault.SocketErrorCode is SocketError.AddressNotAvailable)
        {
            throw new IOException(
                string.Join(' ', Addresses(app.Configuration).Where(IsElsewhere).Distinct().Select(InWords).DefaultIfEmpty(fault.Message)),
                fault);
        }
    }

    /// <summary>The addresses in the settings. The server's own list is already cleared at this point.</summary>
    private static IEnumerable<string> Addresses(IConfiguration settings)
    {
        const StringSplitOptions Tidy = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;
        var endpoints = settings.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"]).OfType<string>();
        return (settings[WebHostDefaults.ServerUrlsKey] ?? "").Split(';', Tidy).Concat(endpoints);
    }

    private static string InWords(string url) =>
        $"Failed to bind to address {url}: this machine has no such address. Name one of its own, or listen on all of them with {OnAll(BindingAddress.Parse(url))}.";

    private static string OnAll(BindingAddress address) => $"{address.Scheme}://0.0.0.0:{address.Port}";

    private static bool IsElsewhere(string url)
    {
        if (!IPAddress.TryParse(BindingAddress.Parse(url).Host, out var address))
        {
            return false;
        }

        try
        {
            using var trial = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            trial.Bind(new IPEndPoint(address, 0));
            return false;
        }
        catch (SocketException fault)
        {
            return fault.SocketErrorCode is SocketError.AddressNotAvailable;
        }
    }
}
