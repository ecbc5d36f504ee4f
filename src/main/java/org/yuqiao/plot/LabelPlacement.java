package org.yuqiao.plot;

import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/**
 * Places labels beside their points with little overlap.
 *
 * <p>Greedy: each label takes the nearest free position around its point, or the position with the
 * least overlap.
 */
public final class LabelPlacement {
  /** The distance of a label from its point, in pixels. */
  private static final double GAP = 5;

  private static final int DIRECTIONS = 8;
  private static final int RINGS = 3;

  private final List<Rectangle2D> occupied = new ArrayList<>();
  private final Rectangle2D area;

  /** Labels stay inside {@code area} and avoid the dots at {@code points}. */
  public LabelPlacement(Rectangle2D area, List<Point2D> points) {
    this.area = area;
    for (Point2D point : points) {
      occupied.add(new Rectangle2D.Double(point.getX() - 2, point.getY() - 2, 4, 4));
    }
  }

  /** The rectangle of the next label, of the given size, beside {@code point}. */
  public Rectangle2D place(Point2D point, double width, double height) {
    Rectangle2D best = new Rectangle2D.Double();
    double minOverlap = Double.POSITIVE_INFINITY;
    for (int ring = 0; ring < RINGS && minOverlap > 0; ring++) {
      for (int direction = 0; direction < DIRECTIONS && minOverlap > 0; direction++) {
        Rectangle2D candidate = candidate(point, width, height, ring, direction);
        double overlap = overlap(candidate);
        if (overlap < minOverlap) {
          minOverlap = overlap;
          best = candidate;
        }
      }
    }
    occupied.add(best);
    return best;
  }

  private static Rectangle2D candidate(
      Point2D point, double width, double height, int ring, int direction) {
    double angle = 2 * Math.PI * direction / DIRECTIONS;
    double distance = GAP + ring * height;
    double x = point.getX() + Math.cos(angle) * (distance + width / 2);
    double y = point.getY() + Math.sin(angle) * (distance + height / 2);
    return new Rectangle2D.Double(x - width / 2, y - height / 2, width, height);
  }

  /** The overlap with other labels and the outside, in square pixels. */
  private double overlap(Rectangle2D candidate) {
    Rectangle2D inside = candidate.createIntersection(area);
    double overlap = area(candidate) - area(inside);
    for (Rectangle2D other : occupied) {
      overlap += area(candidate.createIntersection(other));
    }
    return overlap;
  }

  private static double area(Rectangle2D rectangle) {
    return rectangle.isEmpty() ? 0 : rectangle.getWidth() * rectangle.getHeight();
  }
}
