namespace Efento.Portal.Tests.Support;

/// <summary>Tests that kill, starve and measure time: one after another, with nothing beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class FaultCollection
{
    /// <summary>The collection's name.</summary>
    public const string Name = "Faults";
}
