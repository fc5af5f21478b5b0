using System.Runtime.InteropServices;

namespace ForensicHeads.Foundation.Files;

/// <summary>What stands under a name of the file system.</summary>
public enum FileKind
{
    /// <summary>Nothing, or nothing that can be looked at.</summary>
    Missing,

    /// <summary>A file with bytes of its own.</summary>
    Plain,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A symbolic link, whatever it points to.</summary>
    Link,

    /// <summary>A pipe, socket or device: reading it may never end.</summary>
    Special,
}

/// <summary>Tells the kinds apart without opening anything.</summary>
public static partial class FileKinds
{
    private const int CurrentFolder = -100;
    private const int NoFollow = 0x100;
    private const uint TypeAndSize = 0x201;
    private const int ModeOffset = 28;
    private const int TypeMask = 0xF000;

    /// <summary>The kind of the entry itself: a link is a link.</summary>
    public static FileKind Of(string path) => Kind(path, NoFollow);

    /// <summary>The kind of what the entry leads to.</summary>
    public static FileKind OfTarget(string path) => Kind(path, 0);

    // .NET does not say what is a pipe; struct statx has one layout on every processor.
    private static FileKind Kind(string path, int flags)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (path.Contains('\0', StringComparison.Ordinal)) return FileKind.Missing;
        Span<byte> about = stackalloc byte[256];
        if (Statx(CurrentFolder, path, flags, TypeAndSize, ref about[0]) != 0) return FileKind.Missing;
        return (MemoryMarshal.Read<ushort>(about[ModeOffset..]) & TypeMask) switch
        {
            0x8000 => FileKind.Plain,
            0x4000 => FileKind.Folder,
            0xA000 => FileKind.Link,
            _ => FileKind.Special,
        };
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, ref byte about);
}
