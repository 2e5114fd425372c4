using System.Text;
using System.Text.Json;
using Efento.Portal.Alarms.Rules.Editing;
using Efento.Portal.Data;
using Efento.Portal.Devices;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Alarms.Rules.Documents;

/// <summary>
/// Places in rules.json: <c>*</c>, the path of a location such as <c>Hospital/Ward 1</c>, or a logger, or a point without one, with a
/// channel. In paths, a backslash comes before a slash, an asterisk or a backslash that belongs to a name.
/// </summary>
internal sealed class DocumentPlaces
{
    /// <summary>The whole site.</summary>
    public const string Site = "*";

    private const char Slash = '/';
    private const char Escape = '\\';

    public required LocationTree Tree { get; init; }

    public required IReadOnlyDictionary<int, string> LoggersOfPoints { get; init; }

    /// <summary>Reads where loggers measure.</summary>
    public static async Task<DocumentPlaces> ReadAsync(PortalDbContext db, CancellationToken cancellationToken) => new()
    {
        Tree = new LocationTree(await db.Locations.AsNoTracking().ToListAsync(cancellationToken)),
        LoggersOfPoints = (await AssignedLogger.ReadAsync(db, cancellationToken)).DistinctBy(a => a.PointId)
            .ToDictionary(a => a.PointId, a => a.Serial),
    };

    /// <summary>Writes the place of a rule.</summary>
    public void Write(Utf8JsonWriter json, AlarmRule rule)
    {
        if (rule.PointId is null && rule.Serial is null)
        {
            json.WriteString("place", rule.LocationId is { } location ? PathOf(location) : Site);
            return;
        }

        json.WriteStartObject("place");
        if ((rule.PointId is { } point ? LoggersOfPoints.GetValueOrDefault(point) : rule.Serial) is { } serial)
        {
            json.WriteString("logger", serial);
        }
        else
        {
            json.WriteNumber("point", rule.PointId!.Value);
        }

        if (rule.Channel is { } channel)
        {
            json.WriteNumber("channel", channel);
        }

        json.WriteEndObject();
    }

    /// <summary>The names of a path.</summary>
    public static IReadOnlyList<string> NamesOf(string path)
    {
        List<string> names = [];
        var name = new StringBuilder();
        for (var i = 0; i < path.Length; i++)
        {
            if (path[i] == Slash)
            {
                names.Add(name.ToString());
                name.Clear();
            }
            else
            {
                // What follows a backslash is part of the name, whatever it is.
                name.Append(path[i] == Escape && i + 1 < path.Length ? path[++i] : path[i]);
            }
        }

        return [.. names, name.ToString()];
    }

    /// <summary>The path of a location.</summary>
    public string PathOf(int location)
    {
        List<string> names = [];
        for (var at = Tree.Find(location); at is not null; at = Tree.Find(at.ParentId))
        {
            names.Insert(0, Escaped(at.Name));
        }

        return string.Join(Slash, names);
    }

    private static string Escaped(string name) => string.Concat(name.Select(c => c is Slash or Escape or '*' ? $"{Escape}{c}" : $"{c}"));
}
