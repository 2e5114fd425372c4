namespace Efento.Portal.Ingest;

/// <summary>Data that was missing from the database at a start. It is shown until somebody confirms it.</summary>
public sealed class StoreLoss
{
    /// <summary>The key.</summary>
    public int Id { get; init; }

    /// <summary>The newest message in the database; 0 if there was none.</summary>
    public required long NewestMessage { get; init; }

    /// <summary>The newest message that was noted beside the database before.</summary>
    public required long NotedMessage { get; init; }

    /// <summary>When that was noted, by the machine's clock. Everything received more than two seconds later is present.</summary>
    public required DateTimeOffset NotedUtc { get; init; }

    /// <summary>When it was found.</summary>
    public required DateTimeOffset FoundUtc { get; init; }

    /// <summary>When somebody confirmed it; null if nobody has.</summary>
    public DateTimeOffset? SeenUtc { get; set; }
}
