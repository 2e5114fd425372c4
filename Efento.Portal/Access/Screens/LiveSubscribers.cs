using System.Security.Claims;

namespace Efento.Portal.Access.Screens;

/// <summary>
/// Authorizes live connections: of users, of programs whose token may read measurements, and of screens. Such a connection lasts long, and
/// its owner's rights may change, so it is checked again and again.
/// </summary>
internal sealed class LiveSubscribers(
    PeopleDirectory people, ScreenDirectory screens, TokenDirectory tokens, TokenUses uses, TimeProvider time)
{
    /// <summary>The policy for users and programs; screens have their own (<see cref="ScreenAuthentication"/>).</summary>
    public const string Policy = "Follow";

    /// <summary>Raised when rights may have changed. Listeners must not throw.</summary>
    public event Action Changed
    {
        add
        {
            people.Changed += value;
            screens.Changed += value;
            tokens.Changed += value;
        }

        remove
        {
            people.Changed -= value;
            screens.Changed -= value;
            tokens.Changed -= value;
        }
    }

    /// <summary>The owner of a connection with their present rights; an anonymous identity if they may no longer listen.</summary>
    public ClaimsPrincipal Now(ClaimsPrincipal opened) => opened.Identity?.AuthenticationType switch
    {
        PeopleAuthentication.Scheme => PeopleAuthentication.Person(PeopleAuthentication.KeyOf(opened), people),
        ScreenAuthentication.Scheme => ScreenAuthentication.Of(ScreenAuthentication.IdOf(opened) is { } id ? screens.Find(id) : null),
        ApiAuthentication.ApiToken => ApiAuthentication.Program(ApiAuthentication.IdOf(opened) is { } id ? tokens.FindApi(id) : null),
        _ => new ClaimsPrincipal(new ClaimsIdentity()),
    };

    /// <summary>Notes that the owner still listens.</summary>
    public void Note(ClaimsPrincipal listening, string address)
    {
        var use = ScreenAuthentication.IdOf(listening) is { } screen && screens.Find(screen) is { } seen ? uses.Of(seen)
            : ApiAuthentication.IdOf(listening) is { } token && tokens.FindApi(token) is { } used ? uses.Of(used)
            : null;
        use?.Note(time.GetUtcNow().ToUnixTimeMilliseconds(), address);
    }

    /// <summary>An owner is either a program or a user. A request with a token counts as a program, even if it has cookies too.</summary>
    internal static void Add(IServiceCollection services)
    {
        services.AddAuthentication().AddPolicyScheme(Policy, null, either =>
            either.ForwardDefaultSelector = context =>
                ApiAuthentication.PresentedToken(context) is null ? PeopleAuthentication.Scheme : ApiAuthentication.ApiToken);
        services.AddAuthorizationBuilder().AddPolicy(Policy, policy => policy
            .AddAuthenticationSchemes(Policy)
            .RequireAuthenticatedUser()
            .RequireAssertion(
                request => ApiAuthentication.IdOf(request.User) is null
                    || ApiAuthentication.MayUse(request.User, ApiScopes.MeasurementsRead)));
        ScreenAuthentication.Add(services);
    }
}
