using Efento.Portal.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Efento.Portal.Access;

/// <summary>Makes Identity's user manager on a context of the caller's, so that its changes belong to the caller's transaction.</summary>
internal sealed class UserManagers(
    IOptions<IdentityOptions> options,
    IPasswordHasher<User> hasher,
    ILookupNormalizer normaliser,
    IServiceProvider services,
    ILogger<UserManager<User>> logger)
{
    private static readonly AccountFaults Faults = new();

    /// <summary>A user manager on <paramref name="db"/>.</summary>
    public UserManager<User> On(PortalDbContext db) => new(
        new UserOnlyStore<User, PortalDbContext, int>(db, Faults),
        options,
        hasher,
        [new UserValidator<User>(Faults)],
        [new PasswordRules(db)],
        normaliser,
        Faults,
        services,
        logger);
}
