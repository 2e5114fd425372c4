using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Web;

namespace Efento.Portal.Components.Browser;

/// <summary>
/// Hands what the components of a page showed while prerendering over to the same components in the page's circuit. The values stay on
/// the server (<see cref="HandoverShelf"/>). Their key travels with the page, encrypted. Without a value, a component asks and waits.
/// </summary>
public sealed class Handover(
    PersistentComponentState state, HandoverShelf shelf, AuthenticationStateProvider person, NavigationManager navigation)
{
    private const string KeyName = "handover";

    private readonly Dictionary<Type, AskingComponent?> _shown = [];
    private Dictionary<Type, IReadOnlyList<object?>>? _handed;

    /// <summary>While prerendering: remembers the component, to hand over what it shows at the end.</summary>
    public void Keep(AskingComponent component)
    {
        if (_shown.Count == 0)
        {
            state.RegisterOnPersisting(PersistAsync, RenderMode.InteractiveServer);
        }

        if (!_shown.TryAdd(component.GetType(), component))
        {
            // Two of a type can't be told apart.
            _shown[component.GetType()] = null;
        }
    }

    /// <summary>In the circuit: gives the component what it showed while prerendering, once.</summary>
    public void Take(AskingComponent component)
    {
        _handed ??= Fetch();
        if (_handed.Remove(component.GetType(), out var values))
        {
            HandedFields.Fill(component, values);
        }
    }

    private async Task PersistAsync()
    {
        var shown = _shown.Values.OfType<AskingComponent>().ToDictionary(c => c.GetType(), HandedFields.Of);
        state.PersistAsJson(KeyName, shelf.Put(OwnerOf(await person.GetAuthenticationStateAsync()), shown));
    }

    private Dictionary<Type, IReadOnlyList<object?>> Fetch() =>
        state.TryTakeFromJson<string>(KeyName, out var key) && key is not null
        && person.GetAuthenticationStateAsync() is { IsCompletedSuccessfully: true, Result: var now }
            ? new(shelf.Take(key, OwnerOf(now)))
            : [];

    private HandoverOwner OwnerOf(AuthenticationState now) => new(
        string.Join('\n', now.User.Claims.Select(c => $"{c.Type} {c.Value}")),
        navigation.ToBaseRelativePath(navigation.Uri).Split('#')[0]);
}
