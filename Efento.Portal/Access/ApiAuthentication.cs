using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Efento.Portal.Access.Screens;
using Efento.Portal.Configuration;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace Efento.Portal.Access;

/// <summary>Authenticates programs by <c>Authorization: Bearer</c> and an API token. A rejected request gets the reason in JSON.</summary>
internal sealed class ApiAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, TokenDirectory tokens, TokenUses uses)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>The scheme's name.</summary>
    public const string ApiToken = "ApiToken";

    private const string Bearer = "Bearer";
    private const string Scope = "scope";
    private const string Token = "token";

    /// <summary>Registers the scheme, and for each scope a policy with the scope's name.</summary>
    public static void Add(IServiceCollection services)
    {
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, ApiAuthentication>(ApiToken, null);
        var authorization = services.AddAuthorizationBuilder();
        foreach (var scope in ApiScopes.All)
        {
            authorization.AddPolicy(scope, policy => policy
                .AddAuthenticationSchemes(ApiToken)
                .RequireAssertion(request => Allows(request.User, scope) || MetricsNetworks.Allow(request.Resource, scope)));
        }
    }

    /// <summary>Whether the caller is a program whose token may use a scope.</summary>
    private static bool Allows(ClaimsPrincipal program, string scope) =>
        program.Identity is { IsAuthenticated: true } && MayUse(program, scope) && !IsBeyondLimit(program, scope);

    /// <summary>The claims of a token; an anonymous identity if it is not or no longer valid.</summary>
    public static ClaimsPrincipal Program(ApiToken? token) => new(token is null ? new ClaimsIdentity() : new ClaimsIdentity(
        [
            new Claim(Token, token.Id.ToString(CultureInfo.InvariantCulture)),
            new Claim(ClaimTypes.Name, token.Name),
            new Claim(Scope, token.Scopes),
            .. LocationLimit.Claims(token.Locations),
        ],
        ApiToken));

    /// <summary>The key of the token of the caller; null if it is no program.</summary>
    public static int? IdOf(ClaimsPrincipal program) =>
        int.TryParse(program.FindFirstValue(Token), CultureInfo.InvariantCulture, out var id) ? id : null;

    /// <summary>Whether the token of the caller has a scope.</summary>
    public static bool MayUse(ClaimsPrincipal program, string scope) =>
        program.FindFirstValue(Scope) is { } granted && ApiScopes.Allow(granted, scope);

    /// <summary>
    /// Whether a scope concerns the whole site and the token of the caller is limited to a part of it, as one issued by an older version
    /// may be.
    /// </summary>
    private static bool IsBeyondLimit(ClaimsPrincipal program, string scope) =>
        ApiScopes.OfWholeSite([scope]) is not null && LocationLimit.Of(program) is not null;

    /// <summary>The token of the request. Browsers can't send headers with a WebSocket, so hubs also accept it in the URL.</summary>
    public static string? PresentedToken(HttpContext context)
    {
        var header = context.Request.Headers.Authorization.ToString();
        return header.StartsWith($"{Bearer} ", StringComparison.OrdinalIgnoreCase) ? header[(Bearer.Length + 1)..].Trim()
            : context.GetEndpoint()?.Metadata.GetMetadata<HubMetadata>() is not null
                && context.Request.Query["access_token"] is [{ Length: > 0 } token]
                ? token
            : null;
    }

    /// <inheritdoc/>
    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (PresentedToken(Context) is not { } presented)
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        if (tokens.FindApi(presented) is not { } token)
        {
            return Task.FromResult(AuthenticateResult.Fail("No such token."));
        }

        uses.Of(token).Note(TimeProvider.GetUtcNow().ToUnixTimeMilliseconds(), Networks.AddressOf(Context.Connection).ToString());
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(Program(token), Scheme.Name)));
    }

    /// <inheritdoc/>
    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => PresentedToken(Context) is null
        ? RefuseAsync(StatusCodes.Status401Unauthorized, Bearer, "Send an API token: Authorization: Bearer <token>.")
        : RefuseAsync(
            StatusCodes.Status401Unauthorized, $"{Bearer} error=\"invalid_token\"", "This token is not known, was revoked or has expired.");

    /// <inheritdoc/>
    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        var policy = Context.GetEndpoint()?.Metadata.GetMetadata<IAuthorizeData>()?.Policy;
        var scope = policy is LiveSubscribers.Policy ? ApiScopes.MeasurementsRead : policy;
        var why = MayUse(Context.User, scope!)
            ? $"This token is limited to locations, and {scope} concerns the whole site."
            : $"This token lacks the scope {scope}.";
        return RefuseAsync(StatusCodes.Status403Forbidden, $"{Bearer} error=\"insufficient_scope\", scope=\"{scope}\"", why);
    }

    private Task RefuseAsync(int status, string challenge, string error)
    {
        Response.StatusCode = status;
        Response.Headers.WWWAuthenticate = challenge;
        return Response.WriteAsJsonAsync(new { error }, Context.RequestAborted);
    }
}
