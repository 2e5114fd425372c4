using System.Text.Json;
using Efento.Portal.Data;

namespace Efento.Portal.Backup.Holding;

/// <summary>Lies beside a restored database until the portal has started with it.</summary>
/// <param name="MadeUtc">When the backup was made.</param>
/// <param name="Backup">The name of the backup.</param>
internal sealed record RestoreMarker(DateTimeOffset MadeUtc, string Backup)
{
    /// <summary>The name of the file.</summary>
    public const string Name = "portal-restored.json";

    /// <summary>Reads it; null if there is none.</summary>
    /// <exception cref="JsonException">It is not one.</exception>
    public static RestoreMarker? ReadFrom(DataDirectory directory) =>
        File.Exists(directory[Name])
            ? JsonSerializer.Deserialize<RestoreMarker>(File.ReadAllBytes(directory[Name]), JsonSerializerOptions.Web)
            : null;

    /// <summary>Writes it durably.</summary>
    public void WriteTo(DataDirectory directory)
    {
        using var file = OwnerOnly.Create(directory[Name]);
        file.Write(JsonSerializer.SerializeToUtf8Bytes(this, JsonSerializerOptions.Web));
        file.Flush(flushToDisk: true);
    }

    /// <summary>Deletes it.</summary>
    public static void DeleteFrom(DataDirectory directory) => File.Delete(directory[Name]);
}
