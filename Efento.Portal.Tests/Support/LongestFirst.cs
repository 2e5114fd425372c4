using Efento.Portal.Tests.Browser;
using Efento.Portal.Tests.Components.Actions;
using Efento.Portal.Tests.Integration;
using Efento.Portal.Tests.Notifications;
using Efento.Portal.Tests.Outgoing;
using Efento.Portal.Tests.Packaging;
using Efento.Portal.Tests.Support;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace Efento.Portal.Tests.Support;

/// <summary>
/// Classes that take the longest begin first, so that at the end no core waits for one of them; then those that use the browser or a
/// process, and then all others.
/// </summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Order =
    [
        $".{nameof(EveryPageTests)} ", $".{nameof(CrashTests)} ", $".{nameof(DialogTests)} ", $".{nameof(KilledPortalTests)} ",
        $".{nameof(DebianPackageTests)} ", $".{nameof(KilledFeedTests)} ", $".{nameof(PageActionTests)} ", $".{nameof(WrongClockTests)} ",
        ".Browser.", ".Integration.",
    ];

    /// <inheritdoc/>
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(Rank).ThenBy(collection => collection.TestCollectionDisplayName, StringComparer.Ordinal)];

    private static int Rank<TTestCollection>(TTestCollection collection)
        where TTestCollection : ITestCollection
    {
        var at = Array.FindIndex(Order, part => collection.TestCollectionDisplayName.Contains(part, StringComparison.Ordinal));
        return at < 0 ? Order.Length : at;
    }
}
