using Microsoft.AspNetCore.Authentication.Cookies;

namespace Efento.Portal.Access;

/// <summary>
/// Cookies whose name begins with <c>__Host-</c> over HTTPS. Browsers accept these only from this host and only over HTTPS, so an attacker
/// who can change plain HTTP traffic can't plant one.
/// </summary>
/// <param name="prefix">The prefix over HTTPS. The default is <c>__Host-</c>; <c>__Secure-</c> allows a cookie with a path.</param>
internal sealed class SchemeCookies(string prefix = "__Host-") : ICookieManager
{
    private readonly ChunkingCookieManager _cookies = new();

    /// <inheritdoc/>
    public string? GetRequestCookie(HttpContext context, string key) => _cookies.GetRequestCookie(context, NameOf(context, key));

    /// <inheritdoc/>
    public void AppendResponseCookie(HttpContext context, string key, string? value, CookieOptions options) =>
        _cookies.AppendResponseCookie(context, NameOf(context, key), value, options);

    /// <inheritdoc/>
    public void DeleteCookie(HttpContext context, string key, CookieOptions options) =>
        _cookies.DeleteCookie(context, NameOf(context, key), options);

    private string NameOf(HttpContext context, string key) => context.Request.IsHttps ? prefix + key : key;
}
