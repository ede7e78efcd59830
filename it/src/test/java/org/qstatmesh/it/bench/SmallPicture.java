package org.qstatmesh.it.bench;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/**
 * A picture of a page has few colours and many in between: 256 tell all, in a third of the size.
 */
final class SmallPicture {
  private static final int COLOURS = 256;
  private static final int BITS = 8;

  private SmallPicture() {}

  /** Writes the picture again with its most frequent colours, and the nearest of them elsewhere. */
  static void shrink(Path png) throws IOException {
    BufferedImage full = ImageIO.read(png.toFile());
    Map<Integer, Integer> counts = new HashMap<>();
    for (int y = 0; y < full.getHeight(); y++) {
      for (int x = 0; x < full.getWidth(); x++) {
        counts.merge(full.getRGB(x, y), 1, Integer::sum);
      }
    }
    int[] palette =
        counts.entrySet().stream()
            .sorted(Map.Entry.<Integer, Integer>comparingByValue().reversed())
            .limit(COLOURS)
            .mapToInt(Map.Entry::getKey)
            .toArray();
    Map<Integer, Integer> nearest = new HashMap<>();
    IndexColorModel model =
        new IndexColorModel(BITS, palette.length, palette, 0, false, -1, DataBuffer.TYPE_BYTE);
    BufferedImage small =
        new BufferedImage(
            full.getWidth(), full.getHeight(), BufferedImage.TYPE_BYTE_INDEXED, model);
    for (int y = 0; y < full.getHeight(); y++) {
      for (int x = 0; x < full.getWidth(); x++) {
        int index = nearest.computeIfAbsent(full.getRGB(x, y), rgb -> nearestOf(palette, rgb));
        small.getRaster().setSample(x, y, 0, index);
      }
    }
    ImageIO.write(small, "png", png.toFile());
  }

  private static int nearestOf(int[] palette, int rgb) {
    int best = 0;
    int least = Integer.MAX_VALUE;
    for (int i = 0; i < palette.length; i++) {
      int far = 0;
      for (int shift : List.of(0, BITS, 2 * BITS)) {
        int apart = (palette[i] >> shift & 0xff) - (rgb >> shift & 0xff);
        far += apart * apart;
      }
      if (far < least) {
        least = far;
        best = i;
      }
    }
    return best;
  }
}
