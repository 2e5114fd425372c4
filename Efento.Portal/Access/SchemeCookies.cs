using Microsoft.AspNetCore.Authentication.Cookies;

namespace Efento.Portal.Access;

/// <summary>
/// Cookies whose name begins with <c>__Host-</c> over HTTPS: browsers take those only from this very host and only over HTTPS, so that nobody
/// who can change plain HTTP can plant one.
/// </summary>
public sealed class SchemeCookies : ICookieManager
{
    private const string Prefix = "__Host-";

    private readonly ChunkingCookieManager _cookies = new();

    /// <inheritdoc/>
    public string? GetRequestCookie(HttpContext context, string key) => _cookies.GetRequestCookie(context, NameOf(context, key));

    /// <inheritdoc/>
    public void AppendResponseCookie(HttpContext context, string key, string? value, CookieOptions options) =>
        _cookies.AppendResponseCookie(context, NameOf(context, key), value, options);

    /// <inheritdoc/>
    public void DeleteCookie(HttpContext context, string key, CookieOptions options) => _cookies.DeleteCookie(context, NameOf(context, key), options);

    private static string NameOf(HttpContext context, string key) => context.Request.IsHttps ? Prefix + key : key;
}
