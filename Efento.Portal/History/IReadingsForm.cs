using System.Buffers;
using Efento.Portal.Measurements;

namespace Efento.Portal.History;

/// <summary>The form in which a download has readings. An object writes one download.</summary>
internal interface IReadingsForm : IDisposable
{
    /// <summary>The type of the content.</summary>
    string ContentType { get; }

    /// <summary>Writes what stands before the readings.</summary>
    void Begin(IBufferWriter<byte> target);

    /// <summary>Writes some readings.</summary>
    void Write(IBufferWriter<byte> target, IReadOnlyList<SeriesReading> readings);

    /// <summary>Writes what stands behind the readings.</summary>
    void End(IBufferWriter<byte> target);
}
