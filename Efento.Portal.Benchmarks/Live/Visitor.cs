using System.Net;
using System.Text.RegularExpressions;
using Efento.Portal.Benchmarks.Servers;

namespace Efento.Portal.Benchmarks.Live;

/// <summary>Somebody signed in at the portal: the client to ask for pages with, and the cookies a browser would have.</summary>
internal sealed partial class Visitor : IDisposable
{
    private Visitor(Uri portal) => Client = new HttpClient(new HttpClientHandler { CookieContainer = Cookies }) { BaseAddress = portal };

    /// <summary>Sends the cookies.</summary>
    public HttpClient Client { get; }

    /// <summary>The cookies.</summary>
    public CookieContainer Cookies { get; } = new();

    /// <summary>Signs in.</summary>
    /// <exception cref="InvalidOperationException">The portal did not take the password.</exception>
    public static async Task<Visitor> SignInAsync(Uri portal, CancellationToken stopping)
    {
        var visitor = new Visitor(portal);
        var page = await visitor.Client.GetStringAsync(new Uri("sign-in", UriKind.Relative), stopping);
        using var form = new FormUrlEncodedContent(
        [
            new("_handler", "sign-in"),
            new("__RequestVerificationToken", FormToken().Match(page).Groups[1].Value),
            new("Input.Email", ServerProcess.AdminEmail),
            new("Input.Password", ServerProcess.AdminPassword),
        ]);
        using var answer = await visitor.Client.PostAsync(new Uri("sign-in", UriKind.Relative), form, stopping);
        return answer.RequestMessage!.RequestUri!.AbsolutePath == "/"
            ? visitor
            : throw new InvalidOperationException("The portal did not take the password.");
    }

    /// <inheritdoc/>
    public void Dispose() => Client.Dispose();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex FormToken();
}
