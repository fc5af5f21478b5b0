using Microsoft.Win32.SafeHandles;

namespace ForensicHeads.Datasets.Store;

/// <summary>Bytes from the middle of a file.</summary>
internal static class FileBytes
{
    /// <summary>So many from a place on; thread-safe.</summary>
    /// <param name="file">The file.</param>
    /// <param name="at">Offset of the first.</param>
    /// <param name="length">How many.</param>
    /// <param name="tooShort">What an error says where the file ends before.</param>
    /// <exception cref="EndOfStreamException">The file ends before.</exception>
    public static byte[] Of(SafeFileHandle file, long at, long length, string tooShort)
    {
        var bytes = new byte[length];
        Read(file, at, bytes, tooShort);
        return bytes;
    }

    /// <summary>The same into memory that is there.</summary>
    public static void Read(SafeFileHandle file, long at, Span<byte> bytes, string tooShort)
    {
        for (var done = 0; done < bytes.Length;)
        {
            var read = RandomAccess.Read(file, bytes[done..], at + done);
            done += read > 0 ? read : throw new EndOfStreamException(tooShort);
        }
    }
}
