namespace Efento.Portal.Tests.Support;

/// <summary>Tests that starve a process or measure its time or memory: one after another, with nothing beside them.</summary>
[Trait(Category.Name, Category.Fault)]
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class FaultCollection
{
    /// <summary>The collection's name.</summary>
    public const string Name = "Faults";
}
