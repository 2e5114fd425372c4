using Efento.Portal.Access;
using Efento.Portal.Data;
using Efento.Portal.Devices;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.CommandLine;

/// <summary>Finds locations that commands name, such as <c>Hospital/Ward 1</c>.</summary>
internal sealed class LocationLookup(IDbContextFactory<PortalDbContext> database)
{
    /// <summary>The limit to these locations; no limit if none is named.</summary>
    /// <returns>The limit, or the fault.</returns>
    public async Task<(LocationLimit? Limit, string? Fault)> LimitToAsync(string[]? paths, CancellationToken cancellationToken)
    {
        if (paths is not { Length: > 0 })
        {
            return (null, null);
        }

        var tree = await ReadAsync(cancellationToken);
        var found = paths.Select(
            path => (
                Path: path, Location: tree.All.FirstOrDefault(l => Typed(l).Equals(path, StringComparison.OrdinalIgnoreCase)))).ToList();
        return found.Find(f => f.Location is null) is { Path: { } unknown }
            ? (null, $"There is no location \"{unknown}\"; nothing was changed. {InWords(tree)}")
            : (new LocationLimit([.. found.Select(f => f.Location!.Id).Distinct()]), null);
    }

    /// <summary>The locations as they are now.</summary>
    public async Task<LocationTree> ReadAsync(CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return new LocationTree(await db.Locations.AsNoTracking().ToListAsync(cancellationToken));
    }

    /// <summary>What a limit allows to see, in words.</summary>
    public static string Sees(LocationLimit? limit, LocationTree tree) =>
        limit is null
            ? "everything"
            : string.Join(", ", limit.Ids.Select(id => tree.Find(id)).OfType<LocationEntry>().Select(Typed).DefaultIfEmpty("nothing"));

    private static string InWords(LocationTree tree) =>
        tree.All.Count == 0 ? "None was made yet." : $"There are: {string.Join(", ", tree.All.Select(Typed))}.";

    private static string Typed(LocationEntry location) => location.Path.Replace(LocationTree.Separator, "/", StringComparison.Ordinal);
}
