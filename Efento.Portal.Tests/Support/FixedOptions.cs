using Efento.Portal.Configuration;
using Efento.Portal.Ingest;
using Microsoft.Extensions.Options;

namespace Efento.Portal.Tests.Support;

/// <summary>Settings of ingest that do not change.</summary>
internal sealed class FixedOptions(IngestOptions options) : IOptionsMonitor<IngestOptions>
{
    public IngestOptions CurrentValue => options;

    public IngestOptions Get(string? name) => options;

    public IDisposable? OnChange(Action<IngestOptions, string?> listener) => null;
}
