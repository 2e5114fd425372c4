using Efento.Portal.Access;
using Microsoft.AspNetCore.Components;

namespace Efento.Portal.Components.People;

/// <summary>
/// Links that a page shows to be passed on. They begin with the public address; without one, with the address in the user's own browser.
/// </summary>
internal sealed class PageLinks(PublicAddress address, NavigationManager navigation)
{
    /// <summary>The address that links begin with.</summary>
    public Uri Base => address.Now ?? new Uri(navigation.BaseUri);

    /// <summary>The link to a path, without a slash before it.</summary>
    public string To(string path) => address.LinkTo(path) ?? $"{navigation.BaseUri}{path}";
}
