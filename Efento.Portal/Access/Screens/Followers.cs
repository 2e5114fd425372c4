using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;

namespace Efento.Portal.Access.Screens;

/// <summary>
/// Who keeps a connection over which the portal tells what changes: people, programs whose token may read measurements, and screens. Such a connection
/// outlives many changes of what its owner may see, so it asks here again and again.
/// </summary>
public sealed class Followers(PeopleDirectory people, ScreenDirectory screens, TokenDirectory tokens, TokenUses uses, TimeProvider time)
{
    /// <summary>The policy for people and programs; screens have their own (<see cref="ScreenAuthentication"/>).</summary>
    public const string Policy = "Follow";

    /// <summary>Somebody's rights may have changed. Listeners must not throw.</summary>
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

    /// <summary>Who opened a connection, with what they may see now; nobody if they may follow no more.</summary>
    public ClaimsPrincipal Now(ClaimsPrincipal opened) => opened.Identity?.AuthenticationType switch
    {
        PeopleAuthentication.Scheme => PeopleAuthentication.Person(PeopleAuthentication.KeyOf(opened), people),
        ScreenAuthentication.Scheme => ScreenAuthentication.Of(ScreenAuthentication.IdOf(opened) is { } id ? screens.Find(id) : null),
        ApiAuthentication.ApiToken => ApiAuthentication.Program(ApiAuthentication.IdOf(opened) is { } id ? tokens.FindApi(id) : null),
        _ => new ClaimsPrincipal(new ClaimsIdentity()),
    };

    /// <summary>Notes that whoever it is still listens.</summary>
    public void Note(ClaimsPrincipal listening, string address)
    {
        var use = ScreenAuthentication.IdOf(listening) is { } screen && screens.Find(screen) is { } seen ? uses.Of(seen)
            : ApiAuthentication.IdOf(listening) is { } token && tokens.FindApi(token) is { } used ? uses.Of(used)
            : null;
        use?.Note(time.GetUtcNow().ToUnixTimeMilliseconds(), address);
    }

    /// <summary>One or the other, never both at once: whoever shows a token is that program, whatever cookies it has.</summary>
    internal static void Add(IServiceCollection services)
    {
        services.AddAuthentication().AddPolicyScheme(Policy, null, either =>
            either.ForwardDefaultSelector = context => ApiAuthentication.PresentedToken(context) is null ? PeopleAuthentication.Scheme : ApiAuthentication.ApiToken);
        services.AddAuthorizationBuilder().AddPolicy(Policy, policy => policy
            .AddAuthenticationSchemes(Policy)
            .RequireAuthenticatedUser()
            .RequireAssertion(request => ApiAuthentication.IdOf(request.User) is null || ApiAuthentication.MayUse(request.User, ApiScopes.MeasurementsRead)));
        ScreenAuthentication.Add(services);
    }
}
