using System.Net.Sockets;
using System.Runtime.InteropServices;
using Efento.Portal.Data;

namespace Efento.Portal.CommandLine;

/// <summary>
/// Who is at the other end of the control socket, as the kernel tells it: rights on a file or directory may have been wide for a moment, or be so
/// on purpose. Known on Linux; elsewhere the rights on the data directory decide alone.
/// </summary>
internal static partial class SocketPeer
{
    private const uint Root = 0;
    private const int SocketLevel = 1;
    private const int PeerCredentials = 17;
    private const int UserOffset = 4;

    /// <summary>The id of the user whose process is at the other end; null where that is not known.</summary>
    public static uint? UserOf(Socket socket)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        // Process, user and group, four bytes each.
        Span<byte> credentials = stackalloc byte[12];
        socket.GetRawSocketOption(SocketLevel, PeerCredentials, credentials);
        return MemoryMarshal.Read<uint>(credentials[UserOffset..]);
    }

    /// <summary>Whether who has connected may give commands: the portal's own user and root.</summary>
    public static bool MayCommand(Socket socket) => UserOf(socket) is not { } user || user == Root || user == OwnUser();

    /// <summary>Makes sure that a command, which may hold a password, goes to a portal: to one of this user, of root or of the data's owner.</summary>
    /// <exception cref="UnauthorizedAccessException">Somebody else listens.</exception>
    public static void EnsureIsPortal(Socket socket, DataDirectory directory)
    {
        if (UserOf(socket) is { } user && user != Root && user != OwnUser() && user != FileStat.Of(directory.Path)?.Owner)
        {
            throw new UnauthorizedAccessException(
                $"What listens at {ControlSocket.PathFor(directory)} belongs to the user with the id {user}, not to the owner of the data directory; nothing was sent to it.");
        }
    }

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint OwnUser();
}
