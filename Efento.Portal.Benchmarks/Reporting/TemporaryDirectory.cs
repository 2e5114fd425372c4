namespace Efento.Portal.Benchmarks.Reporting;

/// <summary>A directory for the databases of one benchmark, deleted with what is in it.</summary>
internal sealed class TemporaryDirectory(string parent) : IDisposable
{
    /// <summary>The directory.</summary>
    public string Path { get; } = Directory.CreateDirectory(System.IO.Path.Combine(parent, $"efento-bench-{Guid.NewGuid():N}")).FullName;

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
