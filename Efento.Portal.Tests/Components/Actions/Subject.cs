using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Components.Actions;

/// <summary>What an action is about, and how it comes to be there.</summary>
/// <param name="Name">What it is.</param>
/// <param name="ArrangeAsync">Brings it into the portal.</param>
internal sealed record Subject(string Name, Func<PortalUnderTest, Task> ArrangeAsync)
{
    /// <summary>Whether it is there already, so that two people can be at it; else it is made by the action.</summary>
    public bool IsThere { get; init; } = true;

    /// <summary>Something new: nobody can have changed it meanwhile.</summary>
    public static Subject New(Func<PortalUnderTest, Task>? arrange = null) =>
        new("something new", arrange ?? (_ => Task.CompletedTask)) { IsThere = false };
}
