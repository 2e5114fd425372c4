using System.Net;
using System.Text.RegularExpressions;
using Efento.Portal.Access;

namespace Efento.Portal.Tests.Support;

/// <summary>Asks a portal for pages as a browser does, signed in or not; follows no redirect.</summary>
public sealed partial class PeopleClient : IDisposable
{
    private readonly HttpClient _http;

    /// <summary>Nobody, so far.</summary>
    public PeopleClient(Uri portal, HttpClientHandler? connections = null, params (string Name, string Value)[] headers)
    {
        connections ??= new HttpClientHandler();
        (connections.CookieContainer, connections.AllowAutoRedirect) = (Cookies, false);
        _http = new HttpClient(connections) { BaseAddress = portal };
        _http.DefaultRequestHeaders.Add("Accept", "text/html");
        foreach (var (name, value) in headers)
        {
            _http.DefaultRequestHeaders.Add(name, value);
        }
    }

    /// <summary>Its cookies.</summary>
    public CookieContainer Cookies { get; } = new();

    /// <summary>Somebody with this role, whose account is made if need be; signed in.</summary>
    public static async Task<PeopleClient> SignedInAsync(PortalUnderTest portal, Role role = Role.Administrator)
    {
        var email = role is Role.Administrator ? PortalUnderTest.AdminEmail : $"{role}@portal.test".ToLowerInvariant();
        var accounts = portal.Get<UserAccounts>();
        if ((await accounts.ListAsync()).All(u => u.Email != email))
        {
            Assert.Empty(await accounts.AddAsync(Actor.Portal, email, PortalUnderTest.AdminPassword, role));
        }

        var client = new PeopleClient(portal.Address);
        using var answer = await client.SignInAsync(email, PortalUnderTest.AdminPassword);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return client;
    }

    /// <summary>Gets a page.</summary>
    public Task<HttpResponseMessage> GetAsync(string path) => _http.GetAsync(new Uri(path, UriKind.Relative));

    /// <summary>Fills a form of a page and sends it.</summary>
    public async Task<HttpResponseMessage> SubmitAsync(string path, string form, params (string Name, string Value)[] fields)
    {
        var page = await _http.GetStringAsync(new Uri(path, UriKind.Relative));
        using var content = new FormUrlEncodedContent(
        [
            new("_handler", form),
            new("__RequestVerificationToken", Token().Match(page).Groups[1].Value),
            .. fields.Select(field => KeyValuePair.Create(field.Name, field.Value)),
        ]);
        return await _http.PostAsync(new Uri(path, UriKind.Relative), content);
    }

    /// <summary>Signs in.</summary>
    public Task<HttpResponseMessage> SignInAsync(string email, string password) =>
        SubmitAsync("sign-in", "sign-in", ("Input.Email", email), ("Input.Password", password));

    /// <summary>Sets the password an invitation or a link for a new one asks for.</summary>
    public Task<HttpResponseMessage> AcceptAsync(string code, string password) =>
        SubmitAsync(Invitations.PathOf(code), "invitation", ("Input.Password", password), ("Input.Again", password));

    /// <summary>Posts nothing to a route, as a page's script does.</summary>
    public Task<HttpResponseMessage> PostAsync(string path) => _http.PostAsync(new Uri(path, UriKind.Relative), null);

    /// <summary>Asks a route whatever it takes, with an API token if there is one.</summary>
    public async Task<HttpResponseMessage> SendAsync(string method, string path, string? token = null, string json = "{}")
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
        request.Content = method == "GET" ? null : new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        request.Headers.Authorization = token is null ? null : new("Bearer", token);
        return await _http.SendAsync(request);
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
