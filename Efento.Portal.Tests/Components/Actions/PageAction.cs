namespace Efento.Portal.Tests.Components.Actions;

/// <summary>
/// Something a page lets people do, driven as a browser does it up to the last message. That message is what comes back: sent when its
/// button is long gone, it is a forged one; sent by two people one after the other, it is an edit that came too late.
/// </summary>
/// <param name="Component">The component that does it.</param>
/// <param name="Target">The feature's type and method behind it.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="PrepareAsync">Opens the page, chooses and fills in; the result is the last message.</param>
internal sealed record PageAction(Type Component, string Target, Subject Subject, Func<ActionScene, Task<Func<Task>>> PrepareAsync)
{
    /// <summary>How test results call it, and how calls are found to have their case.</summary>
    public string Name => $"{Component.Name} → {Target}";

    /// <summary>Who may: the roles of this policy.</summary>
    public string Policy { get; init; } = Efento.Portal.Access.Policies.Administer;
}
