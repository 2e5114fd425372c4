using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace Efento.Portal.Tests.Components;

/// <summary>
/// Does on a page what a person does. An element is found and used in one step of the renderer: drawn anew in between, as by a measurement
/// that comes, it would no longer be known.
/// </summary>
internal static class Acting
{
    /// <summary>Clicks on the element with this selector, or on the one with this index among several.</summary>
    public static Task ClickAsync<T>(this IRenderedComponent<T> page, string selector, int index = 0)
        where T : IComponent => page.ClickAsync(p => p.FindAll(selector)[index]);

    /// <summary>Clicks on an element.</summary>
    public static Task ClickAsync<T>(this IRenderedComponent<T> page, Func<IRenderedComponent<T>, IElement> find)
        where T : IComponent => page.InvokeAsync(() => find(page).ClickAsync(new MouseEventArgs()));

    /// <summary>Clicks on an element and waits for nothing: what opens a dialog ends when the dialog is closed.</summary>
    public static Task PressAsync<T>(this IRenderedComponent<T> page, Func<IRenderedComponent<T>, IElement> find)
        where T : IComponent => page.InvokeAsync(() => find(page).Click());

    /// <summary>Fills in a field and leaves it, or chooses in it.</summary>
    public static Task ChangeAsync<T>(this IRenderedComponent<T> page, string selector, object value, int index = 0)
        where T : IComponent => page.InvokeAsync(() => page.FindAll(selector)[index].ChangeAsync(new ChangeEventArgs { Value = value }));

    /// <summary>Submits a form.</summary>
    public static Task SubmitAsync<T>(this IRenderedComponent<T> page, string selector)
        where T : IComponent => page.InvokeAsync(() => page.Find(selector).SubmitAsync(new EventArgs()));

    /// <summary>Types into the field with this selector, once it is there.</summary>
    public static Task InputAsync<T>(this IRenderedComponent<T> page, string selector, string text)
        where T : IComponent
    {
        page.WaitForElement(selector);
        return page.InputAsync(p => p.Find(selector), text);
    }

    /// <summary>Types into a field.</summary>
    public static Task InputAsync<T>(this IRenderedComponent<T> page, Func<IRenderedComponent<T>, IElement> find, string text)
        where T : IComponent => page.InvokeAsync(() => find(page).InputAsync(new ChangeEventArgs { Value = text }));
}
