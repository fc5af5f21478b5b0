namespace ForensicHeads.Media.Models;

/// <summary>One model file that the toolkit knows: what it is for, where it comes from, and the only content that is accepted.</summary>
/// <param name="Name">Short name, unique in the registry.</param>
/// <param name="File">File name inside a models folder.</param>
/// <param name="Address">Public address: the raw file at a fixed commit.</param>
/// <param name="Licence">Licence of the weights as their source states it.</param>
/// <param name="Sha256">SHA-256 of the file, lower-case hexadecimal.</param>
/// <param name="Bytes">Length of the file in bytes.</param>
/// <param name="Role">What it is for, in a few words.</param>
/// <param name="Needed">Whether face analysis needs it; the others serve comparisons.</param>
public sealed record FaceModel(string Name, string File, Uri Address, string Licence, string Sha256, long Bytes, string Role, bool Needed);
