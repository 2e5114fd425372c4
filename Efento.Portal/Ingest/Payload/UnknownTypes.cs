using Efento.Portal.Measurements;

namespace Efento.Portal.Ingest.Payload;

/// <summary>
/// The unknown types of one message. A new kind of logger names its types in every record, and each type is created only once.
/// </summary>
internal sealed class UnknownTypes
{
    private Dictionary<string, MeasurementType>? _byName;

    /// <summary>The type with a name.</summary>
    /// <param name="name">1 to <see cref="MeasurementTypes.MaxNameLength"/> characters.</param>
    public MeasurementType Get(ReadOnlySpan<char> name)
    {
        var types = (_byName ??= new(StringComparer.Ordinal)).GetAlternateLookup<ReadOnlySpan<char>>();
        if (!types.TryGetValue(name, out var type))
        {
            types[name] = type = MeasurementTypes.Get(name);
        }

        return type;
    }
}
