namespace ForensicHeads.Media;

/// <summary>A file that is not read, with the reason in one line. One such file never ends a batch.</summary>
/// <param name="reason">What was found and what would have been allowed.</param>
/// <param name="inner">The cause, if any.</param>
public sealed class MediaRejectedException(string reason, Exception? inner = null) : Exception(reason, inner);
