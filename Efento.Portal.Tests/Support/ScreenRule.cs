using Xunit.v3;

namespace Efento.Portal.Tests.Support;

/// <summary>The rules that no screen may break, as docs/design.md numbers them.</summary>
public enum ScreenRule
{
    /// <summary>Every value shows its age, and loses its colour once it is late.</summary>
    AgeOnEveryValue = 1,

    /// <summary>No line crosses a gap, which is shaded and has a cause.</summary>
    NoLineAcrossAGap,

    /// <summary>The smallest and the largest value remain visible at every zoom.</summary>
    ExtremesSurviveZoomingOut,

    /// <summary>Late data stands where it was measured, marked.</summary>
    LateDataTakesItsOwnPlace,

    /// <summary>Every number has its unit, every time its zone.</summary>
    UnitAndZone,

    /// <summary>Statistics say how much of the time they cover.</summary>
    StatisticsCarryTheirCoverage,

    /// <summary>State has an icon and a word, not a colour alone.</summary>
    StateIsNeverColourAlone,

    /// <summary>A screen that hears nothing says so.</summary>
    FrozenScreenAdmitsIt,

    /// <summary>An empty page says the next step.</summary>
    NothingIsADeadEnd,

    /// <summary>Nothing is called in order that nobody judged.</summary>
    NothingUnjudgedIsInOrder,

    /// <summary>No figure is cut short.</summary>
    NoFigureIsCutShort,

    /// <summary>Screens hold when everything fails at once.</summary>
    HoldsWhenEverythingFails,
}

/// <summary>A test that fails if screens break a rule: <c>--filter-trait "Rule=2"</c> runs those of the second.</summary>
/// <param name="rule">The rule.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class ProvesAttribute(ScreenRule rule) : Attribute, ITraitAttribute
{
    /// <summary>The rule.</summary>
    public ScreenRule Rule => rule;

    /// <inheritdoc/>
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new("Rule", $"{(int)rule}")];
}
