using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace Efento.Portal.Access;

/// <summary>Signs programs in by <c>Authorization: Bearer</c> and an API token. Whoever is refused is told why, in JSON.</summary>
internal sealed class ApiAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, TokenDirectory tokens, TokenUses uses)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>The scheme's name.</summary>
    public const string ApiToken = "ApiToken";

    private const string Bearer = "Bearer";
    private const string Scope = "scope";

    /// <summary>Registers the scheme and a policy for each scope, called like the scope.</summary>
    public static void Add(IServiceCollection services)
    {
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, ApiAuthentication>(ApiToken, null);
        var authorization = services.AddAuthorizationBuilder();
        foreach (var scope in ApiScopes.All)
        {
            authorization.AddPolicy(scope, policy => policy
                .AddAuthenticationSchemes(ApiToken)
                .RequireAuthenticatedUser()
                .RequireAssertion(request => request.User.FindFirstValue(Scope) is { } granted && ApiScopes.Allow(granted, scope)));
        }
    }

    /// <summary>The program that asks, for the audit trail.</summary>
    public static Actor ActorOf(HttpContext context) =>
        new(ActorKind.ApiToken, context.User.FindFirstValue(ClaimTypes.Name) ?? "", Networks.AddressOf(context.Connection).ToString());

    /// <inheritdoc/>
    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (PresentedToken() is not { } presented)
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        if (tokens.FindApi(presented) is not { } token)
        {
            return Task.FromResult(AuthenticateResult.Fail("No such token."));
        }

        uses.Of(token).Note(TimeProvider.GetUtcNow().ToUnixTimeMilliseconds(), Networks.AddressOf(Context.Connection).ToString());
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, token.Name), new Claim(Scope, token.Scopes), .. LocationLimit.Claims(token.Locations)], Scheme.Name);
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name)));
    }

    /// <inheritdoc/>
    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => PresentedToken() is null
        ? RefuseAsync(StatusCodes.Status401Unauthorized, Bearer, "Send an API token: Authorization: Bearer <token>.")
        : RefuseAsync(StatusCodes.Status401Unauthorized, $"{Bearer} error=\"invalid_token\"", "This token is not known, was revoked or has expired.");

    /// <inheritdoc/>
    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        var scope = Context.GetEndpoint()?.Metadata.GetMetadata<IAuthorizeData>()?.Policy;
        return RefuseAsync(
            StatusCodes.Status403Forbidden, $"{Bearer} error=\"insufficient_scope\", scope=\"{scope}\"", $"This token lacks the scope {scope}.");
    }

    private string? PresentedToken()
    {
        var header = Request.Headers.Authorization.ToString();
        return header.StartsWith($"{Bearer} ", StringComparison.OrdinalIgnoreCase) ? header[(Bearer.Length + 1)..].Trim() : null;
    }

    private Task RefuseAsync(int status, string challenge, string error)
    {
        Response.StatusCode = status;
        Response.Headers.WWWAuthenticate = challenge;
        return Response.WriteAsJsonAsync(new { error }, Context.RequestAborted);
    }
}
