using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace Efento.Portal.Configuration;

/// <summary>Begins to listen, and names the address that this machine does not have; the server names only those in use.</summary>
internal static class Listening
{
    /// <summary>Starts the portal.</summary>
    /// <exception cref="IOException">An address can't be listened at; the message names it.</exception>
    public static async Task ListenAsync(this WebApplication app)
    {
        try
        {
            await app.StartAsync();
        }
        catch (SocketException fault) when (fault.SocketErrorCode is SocketError.AddressNotAvailable)
        {
            throw new IOException(string.Join(' ', Addresses(app.Configuration).Where(IsElsewhere).Distinct().Select(InWords).DefaultIfEmpty(fault.Message)), fault);
        }
    }

    /// <summary>Those the settings name; the server has forgotten its own by then.</summary>
    private static IEnumerable<string> Addresses(IConfiguration settings)
    {
        const StringSplitOptions Tidy = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;
        var endpoints = settings.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"]).OfType<string>();
        return (settings[WebHostDefaults.ServerUrlsKey] ?? "").Split(';', Tidy).Concat(endpoints);
    }

    private static string InWords(string url) =>
        $"Failed to bind to address {url}: this machine has no such address. Name one of its own, or listen on all of them with http://0.0.0.0:{BindingAddress.Parse(url).Port}.";

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
