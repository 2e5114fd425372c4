using Efento.Portal.Configuration;
using Microsoft.Extensions.Options;

namespace Efento.Portal.Access;

/// <summary>
/// The address at which people open the portal. It is the only source of links in messages: the host of a request is what its sender
/// claims. The one of the settings file counts, then the one that was entered on a page.
/// </summary>
internal sealed class PublicAddress(IOptions<PortalOptions> settings, PeopleDirectory people)
{
    /// <summary>The one of the settings file; null if there is none.</summary>
    public Uri? OfSettings { get; } = AddressText.Read(settings.Value.PublicAddress);

    /// <summary>The address; null if there is none.</summary>
    public Uri? Now => OfSettings ?? AddressText.Read(people.Site?.PublicAddress);

    /// <summary>The link to a page, for a message; null without an address.</summary>
    /// <param name="path">The page's path, without a slash before it.</param>
    public string? LinkTo(string path) => Now is { } address ? $"{AddressText.Of(address)}/{path}" : null;
}
