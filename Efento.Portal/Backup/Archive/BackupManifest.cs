using System.Text.Json;
using System.Text.Json.Serialization;

namespace Efento.Portal.Backup.Archive;

/// <summary>What a backup says of itself. It is the first entry, so that nothing is unpacked that it does not announce.</summary>
internal sealed record BackupManifest
{
    /// <summary>The name of the entry.</summary>
    public const string Name = "manifest.json";

    /// <summary>The newest form that this program knows.</summary>
    public const int NewestFormat = 1;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
    };

    /// <summary>The form of the backup.</summary>
    public required int Format { get; init; }

    /// <summary>The version of the program that made it.</summary>
    public required string Program { get; init; }

    /// <summary>When the database was copied.</summary>
    public required DateTimeOffset MadeUtc { get; init; }

    /// <summary>Whether it has the keys and the secrets of channels. Without a passphrase it has not.</summary>
    public required bool HasSecrets { get; init; }

    /// <summary>What the database holds.</summary>
    public required DatabaseFigures Database { get; init; }

    /// <summary>The files in it, in their order.</summary>
    public required IReadOnlyList<BackedUpFile> Files { get; init; }

    /// <summary>Reads one.</summary>
    /// <exception cref="BackupStoppedException">It is none, or one of a newer form.</exception>
    public static BackupManifest Read(ReadOnlySpan<byte> json)
    {
        try
        {
            var form = JsonSerializer.Deserialize<OnlyFormat>(json, Json);
            return form is { Format: > NewestFormat }
                ? throw new BackupStoppedException(new(BackupFaultKind.Newer, $"format {form.Format}"))
                : JsonSerializer.Deserialize<BackupManifest>(json, Json) ?? throw new BackupStoppedException(new(BackupFaultKind.NoBackup));
        }
        catch (JsonException)
        {
            throw new BackupStoppedException(new(BackupFaultKind.NoBackup));
        }
    }

    /// <summary>Writes it.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    private sealed record OnlyFormat(int Format);
}

/// <summary>A file in a backup.</summary>
/// <param name="Name">Its path in the data directory, with slashes.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">The SHA-256 of its content, as hex digits.</param>
internal sealed record BackedUpFile(string Name, long Bytes, string Sha256);
