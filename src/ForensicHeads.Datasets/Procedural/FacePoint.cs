namespace ForensicHeads.Datasets.Procedural;

/// <summary>A point of the resting face. Along the slits of eyes and mouth there are two: above and below.</summary>
/// <param name="Theta">Angle about the vertical axis, 0 in front.</param>
/// <param name="T">Height.</param>
/// <param name="Lip">+1 above a slit, −1 below, 0 elsewhere.</param>
internal readonly record struct FacePoint(float Theta, float T, int Lip = 0);
